public import Diagnostics
public import Foundation
public import Vocabulary

/// How to run one network (front matter of `models/NAME.md`).
public struct ModelCard: Sendable {
  /// The card's file name without `.md`; blocks name the model so.
  public var name: String
  /// The network's name for readers.
  public var title: String
  /// The card's file.
  public var location: SourceLocation
  /// Where the ONNX file lies, or will lie once `source` has been downloaded.
  public var file: Located<ContentFile>
  /// Where the ONNX file can be had, if the card says so.
  public var source: Source?
  /// The label file: one class a line.
  public var labels: Located<ContentFile>?
  /// How a picture becomes the network's input.
  public var input: Input
  /// The inputs of the network beside the picture.
  public var furtherInputs: [FurtherInput] = []
  /// The outputs, or tensors inside the network, whose elements can be targets.
  public var furtherOutputs: [FurtherOutput] = []
  /// The output of the network, or the tensor inside it, that is explained; `nil` for the output that plainly is the list of
  /// scores.
  public var output: Located<String>?
  /// What blocks that use this model leave unsaid.
  public var defaults: ExplainSettings

  /// Creates a card that no file stands for, such as that of a bare ONNX file.
  public init(
    name: String, title: String, location: SourceLocation, file: Located<ContentFile>, source: Source? = nil,
    labels: Located<ContentFile>? = nil, input: Input, output: Located<String>? = nil,
    defaults: ExplainSettings = ExplainSettings()
  ) {
    self.name = name
    self.title = title
    self.location = location
    self.file = file
    self.source = source
    self.labels = labels
    self.input = input
    self.output = output
    self.defaults = defaults
  }

  /// Where an ONNX file can be had.
  public struct Source: Hashable, Sendable {
    /// An http or https address.
    public var url: URL
    /// The SHA-256 of the file, 64 hexadecimal digits in lower case.
    public var sha256: String
    /// The size of the file in bytes, if the card says so.
    public var bytes: Int?
    /// Where the card says so.
    public var location: SourceLocation
  }

  /// How a picture becomes the network's input.
  public struct Input: Hashable, Sendable {
    /// The width in pixels.
    public var width: Int
    /// The height in pixels.
    public var height: Int
    /// How a picture of another shape fits.
    public var resize: Resizing
    /// The order of the channels.
    public var channels: ChannelOrder
    /// The value of white before `mean` is subtracted: 1 or 255 as a rule; `nil` for what the network's element type
    /// suggests, 255 for whole numbers and else 1.
    public var scale: Double?
    /// One value a channel, in the scale and order of the input.
    public var mean: [Double]
    /// One value a channel, above zero, in the scale and order of the input.
    public var std: [Double]

    /// Creates an input; `mean` and `std` are 0 and 1 for every channel unless given.
    public init(
      width: Int, height: Int, resize: Resizing = .stretch, channels: ChannelOrder = .rgb, scale: Double? = nil,
      mean: [Double]? = nil, std: [Double]? = nil
    ) {
      self.width = width
      self.height = height
      self.resize = resize
      self.channels = channels
      self.scale = scale
      self.mean = mean ?? Array(repeating: 0, count: channels.count)
      self.std = std ?? Array(repeating: 1, count: channels.count)
    }
  }
}
