import NeuralNetwork

/// Other pictures than the one that is explained, and what a network is asked of them.
///
/// The pictures are the same for every target, so that targets share the runs.
struct Probe: Sendable {
  /// What is asked.
  enum Question: Sendable {
    /// y of each picture.
    case score
    /// The mean of ∂y/∂x over all of them.
    case meanGradient
  }

  let question: Question
  /// What the pictures are made from, and what the formula reads besides the answers.
  let needs: Needs
  /// How many pictures there are, at most, of an input [1, C, H, W] and at a layer: for who estimates what it costs.
  let mostPictures: @Sendable (_ input: [Int], _ layer: Layer?) -> Int
  /// The pictures, given what `needs` says of the run of the one that is explained.
  let pictures: @Sendable (RunValues) throws -> PictureSeries
}

/// Pictures that are made one by one, when they are asked for.
struct PictureSeries: Sendable {
  let count: Int
  /// The picture of an index, [1, C, H, W].
  let picture: @Sendable (Int) throws -> Tensor
}
