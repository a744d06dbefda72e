public import FoundationEssentials

/// Amazon Simple Queue Service: its operations and shapes (API version 2012-11-05).
public enum SQS {
    /// How it is reached.
    public static let service = AWSService(
        id: "sqs", endpointPrefix: "sqs", environmentSuffix: "SQS",
        wire: .json(targetPrefix: "AmazonSQS.", version: .v1_0, queryCompatible: true),
        memberNames: .capitalized(
            except: ["md5OfBody": "MD5OfBody", "md5OfMessageAttributes": "MD5OfMessageAttributes"]))

    /// An operation of SQS.
    public protocol Operation: AWSOperation {}
}

extension SQS.Operation {
    /// SQS.
    public static var service: AWSService { SQS.service }
}

extension SQS {
    /// Takes up to ten messages; others do not see them until their visibility timeout ends.
    public struct ReceiveMessage: Operation, Hashable {
        /// Messages of a lost answer come back when their visibility timeout ends.
        public static var effect: Effect { .idempotent }

        /// The queue.
        public var queueUrl: String
        /// Superseded by `messageSystemAttributeNames`.
        public var attributeNames: [String]?
        /// Which system attributes come along; `All` for each.
        public var messageSystemAttributeNames: [String]?
        /// Which attributes come along; `All` for each.
        public var messageAttributeNames: [String]?
        /// 1 to 10; 1 where nil.
        public var maxNumberOfMessages: Int?
        /// In seconds; the queue's where nil.
        public var visibilityTimeout: Int?
        /// How long to wait for a message, 0 to 20; the queue's where nil.
        public var waitTimeSeconds: Int?
        /// FIFO queues: a repeat with it takes the same messages.
        public var receiveRequestAttemptId: String?

        /// From its members.
        public init(
            queueUrl: String, attributeNames: [String]? = nil, messageSystemAttributeNames: [String]? = nil,
            messageAttributeNames: [String]? = nil, maxNumberOfMessages: Int? = nil, visibilityTimeout: Int? = nil,
            waitTimeSeconds: Int? = nil, receiveRequestAttemptId: String? = nil
        ) {
            self.queueUrl = queueUrl
            self.attributeNames = attributeNames
            self.messageSystemAttributeNames = messageSystemAttributeNames
            self.messageAttributeNames = messageAttributeNames
            self.maxNumberOfMessages = maxNumberOfMessages
            self.visibilityTimeout = visibilityTimeout
            self.waitTimeSeconds = waitTimeSeconds
            self.receiveRequestAttemptId = receiveRequestAttemptId
        }

        /// What comes back.
        public struct Output: Codable, Hashable, Sendable {
            /// Messages.
            public var messages: [Message]

            /// From its members.
            public init(messages: [Message] = []) {
                self.messages = messages
            }
        }
    }

    /// Takes a message out of its queue.
    public struct DeleteMessage: Operation, Hashable {
        /// Once or twice is the same.
        public static var effect: Effect { .idempotent }

        /// The queue.
        public var queueUrl: String
        /// From the last time that it was received.
        public var receiptHandle: String

        /// From its members.
        public init(queueUrl: String, receiptHandle: String) {
            self.queueUrl = queueUrl
            self.receiptHandle = receiptHandle
        }

        /// Nothing comes back.
        public typealias Output = NoOutput
    }

    /// A message.
    public struct Message: Codable, Hashable, Sendable {
        /// Its id.
        public var messageId: String?
        /// What deletes it.
        public var receiptHandle: String?
        /// MD5 of the text, in hexadecimal.
        public var md5OfBody: String?
        /// Its text.
        public var body: String?
        /// System attributes.
        public var attributes: [String: String]?
        /// MD5 of the attributes, in hexadecimal.
        public var md5OfMessageAttributes: String?
        /// Attributes.
        public var messageAttributes: [String: MessageAttributeValue]?

        /// From its members.
        public init(
            messageId: String? = nil, receiptHandle: String? = nil, md5OfBody: String? = nil, body: String? = nil,
            attributes: [String: String]? = nil, md5OfMessageAttributes: String? = nil,
            messageAttributes: [String: MessageAttributeValue]? = nil
        ) {
            self.messageId = messageId
            self.receiptHandle = receiptHandle
            self.md5OfBody = md5OfBody
            self.body = body
            self.attributes = attributes
            self.md5OfMessageAttributes = md5OfMessageAttributes
            self.messageAttributes = messageAttributes
        }
    }

    /// An attribute's value.
    public struct MessageAttributeValue: Codable, Hashable, Sendable {
        /// A text, or a number as text.
        public var stringValue: String?
        /// Bytes.
        public var binaryValue: Data?
        /// Not used by SQS.
        public var stringListValues: [String]?
        /// Not used by SQS.
        public var binaryListValues: [Data]?
        /// `String`, `Number` or `Binary`.
        public var dataType: String

        /// From its members.
        public init(
            stringValue: String? = nil, binaryValue: Data? = nil, stringListValues: [String]? = nil,
            binaryListValues: [Data]? = nil, dataType: String
        ) {
            self.stringValue = stringValue
            self.binaryValue = binaryValue
            self.stringListValues = stringListValues
            self.binaryListValues = binaryListValues
            self.dataType = dataType
        }
    }
}
