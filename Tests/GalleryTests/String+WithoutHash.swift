extension String {
  /// A picture's path without the hash of its bytes: `…/8-grad-cam.jpg`.
  var withoutHash: String { replacing(/-[0-9a-f]{12}(?=\.[a-z]+$)/, with: "") }
}
