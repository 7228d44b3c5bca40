#ifndef CProcess_h
#define CProcess_h

/// How many arguments this process was started with; 0 where the system does not tell.
int process_argument_count(void);

/// The arguments that this process was started with.
char *const *process_arguments(void);

/// The path of this program as the system tells it without /proc, or null.
const char *process_path(void);

#endif
