/// The statuses that are answered with.
enum HTTPStatus: Int {
  case ok = 200
  case found = 302
  case notModified = 304
  case badRequest = 400
  case notFound = 404
  case methodNotAllowed = 405
  case requestTimeout = 408
  case contentTooLarge = 413
  case addressTooLong = 414
  case misdirectedRequest = 421
  case headTooLarge = 431
  case internalFault = 500
  case notImplemented = 501
  case unavailable = 503
  case versionNotSupported = 505

  /// The words behind the number, as RFC 9110 has them.
  var reason: String {
    switch self {
    case .ok: "OK"
    case .found: "Found"
    case .notModified: "Not Modified"
    case .badRequest: "Bad Request"
    case .notFound: "Not Found"
    case .methodNotAllowed: "Method Not Allowed"
    case .requestTimeout: "Request Timeout"
    case .contentTooLarge: "Content Too Large"
    case .addressTooLong: "URI Too Long"
    case .misdirectedRequest: "Misdirected Request"
    case .headTooLarge: "Request Header Fields Too Large"
    case .internalFault: "Internal Server Error"
    case .notImplemented: "Not Implemented"
    case .unavailable: "Service Unavailable"
    case .versionNotSupported: "HTTP Version Not Supported"
    }
  }
}

/// Why a request is not answered with what it asks for.
struct HTTPFault: Error, Equatable {
  let status: HTTPStatus
  /// A sentence for whoever made the request.
  let text: String

  init(_ status: HTTPStatus, _ text: String) { (self.status, self.text) = (status, text) }
}
