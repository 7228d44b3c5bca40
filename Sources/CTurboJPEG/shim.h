// libjpeg-turbo's TurboJPEG API, version 2.1 or later: functions that return a status, never longjmp.
#include <turbojpeg.h>
