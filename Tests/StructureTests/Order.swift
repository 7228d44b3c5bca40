/// Who may know whom: the one place where that is said. A list begins with what knows nobody, and nothing in it mentions what
/// comes later.
enum Order {
  /// The rooms that are built here.
  static let rooms = [
    "CKernels", "CProcess", "CEmbedded", "Diagnostics", "Vocabulary", "Hashing", "Files", "Imaging", "NeuralNetwork",
    "Saliency", "Site", "Gallery", "Server", "SitegenCommands", "sitegen", "LocalSlurm", "saliency-bench",
    "sitegen-bench",
  ]

  /// The folders of a room; "" are the files beside its folders.
  static let folders = [
    "NeuralNetwork": [
      "Tensors", "Memory", "OneDNN", "ONNX", "Graph", "Convolution", "Operators/Shared", "Operators", "Analysis",
      "Planning", "Classifier", "Targets", "Import", "Execution", "", "Profiling",
    ],
    "Server": ["", "HTTP", "Watching", "Preview"],
    "Site": [
      "Markup", "Reading", "YAML", "Strings", "Mustache", "Output", "Math", "Markdown", "Links", "Content", "Search",
      "Templates",
    ],
  ]

  /// The folders that alone import each library of C, or what reads YAML by one.
  static let doors: [String: Set<String>] = [
    "COneDNN": ["NeuralNetwork/OneDNN"],
    "CCMark": ["Site/Markdown"],
    "CZlib": ["NeuralNetwork/Tensors"],
    "CEmbedded": ["Site/Reading"],
    "Yams": ["Site/YAML"],
  ]
}
