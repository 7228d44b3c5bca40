// One `import Saliency` brings in all that its own API speaks of: networks and tensors, pictures and maps, faults.
@_exported public import Diagnostics
@_exported public import Imaging
@_exported public import NeuralNetwork
@_exported public import Vocabulary
