// libyaml, the C library on which most YAML readers stand (Debian: libyaml-dev).
#include <yaml.h>
