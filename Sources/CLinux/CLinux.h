// What Swift's Glibc module leaves out.
#if defined(__linux__)
#include <sys/statfs.h>
#endif
