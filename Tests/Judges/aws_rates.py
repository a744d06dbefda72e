#!/usr/bin/env python3
"""botocore's adaptive mode: how long each call waits.

    aws_rates.py RUNS

RUNS holds one JSON list a line: the calls of one client, each [seconds since the answer before, whether it is throttled]. For each
run the list of waits goes out, in seconds.
"""
import json
import sys

from botocore.retries import adaptive, bucket, throttling


class Clock:
    def __init__(self):
        self.now = 100.0

    def current_time(self):
        return self.now


class Detector:
    def is_throttling_error(self, throttled):
        return throttled


def waits(calls):
    clock = Clock()
    tokens = bucket.TokenBucket(max_rate=1, clock=clock)

    def wait(seconds):
        clock.now += max(seconds, 1e-9)  # less than that the clock cannot tell

    tokens._new_fill_rate_condition.wait = wait
    limiter = adaptive.ClientRateLimiter(
        rate_adjustor=throttling.CubicCalculator(starting_max_rate=0, start_time=clock.now),
        rate_clocker=adaptive.RateClocker(clock), token_bucket=tokens, throttling_detector=Detector(), clock=clock)
    result = []
    for seconds, throttled in calls:
        clock.now += seconds
        before = clock.now
        limiter.on_sending_request(None)
        result.append(clock.now - before)
        limiter.on_receiving_response(throttled=throttled)
    return result


with open(sys.argv[1]) as file:
    for line in file:
        print(json.dumps(waits(json.loads(line))))
