import COneDNN

/// A call to oneDNN that did not succeed.
struct OneDNNError: Error, CustomStringConvertible {
  /// The function that failed, and on what.
  let call: String
  let status: dnnl_status_t

  /// Whether oneDNN merely has no implementation for this combination of layouts.
  var isUnimplemented: Bool { status == dnnl_unimplemented }

  var description: String { "oneDNN: \(call) failed: \(String(cString: dnnl_status2str(status)))" }
}

/// Every status of oneDNN goes through here.
func check(_ status: dnnl_status_t, _ call: @autoclosure () -> String) throws(OneDNNError) {
  guard status == dnnl_success else { throw OneDNNError(call: call(), status: status) }
}
