/// How much and how long a client may ask.
struct HTTPLimits: Sendable {
  /// The most bytes of a request's first line.
  var lineBytes = 8 << 10
  /// The most bytes of a request's lines together.
  var headBytes = 32 << 10
  /// The most fields of a request.
  var fields = 100
  /// How many are connected at a time; others wait.
  var connections = 128
  /// How long a request may take to arrive.
  var requestTime = Duration.seconds(10)
  /// How long a connection may stand without a request.
  var idleTime = Duration.seconds(30)
  /// How long a client may take none of what it asked for.
  var writingTime = Duration.seconds(30)
  /// How long is waited for a client to close a connection that is at its end.
  var closingTime = Duration.seconds(2)
}
