"""The network: convolutions and ReLUs, global average pooling, one linear layer."""

from collections import OrderedDict

from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

MEAN = (0.45, 0.45, 0.45)
STD = (0.25, 0.25, 0.25)
SIZE = 128

# Output channels of each convolution; "pool" halves the picture's size.
LAYERS = (24, 24, "pool", 48, 48, "pool", 96, 96, 128, 128)


def tabletop(classes, normalized=True):
    """Input [N, 3, 128, 128], last activation [N, 128, 16, 16], output logits [N, classes].

    With `normalized`, a batch normalization follows each convolution (for training);
    without, the convolution has a bias in its place (the exported network).
    """
    features = OrderedDict()
    channels, convolution, pool = 3, 0, 0
    for width in LAYERS:
        if width == "pool":
            pool += 1
            features[f"pool{pool}"] = nn.MaxPool2d(2)
            continue
        convolution += 1
        first = convolution == 1
        kernel, stride = (5, 2) if first else (3, 1)
        features[f"conv{convolution}"] = nn.Conv2d(channels, width, kernel, stride, kernel // 2, bias=not normalized)
        if normalized:
            features[f"norm{convolution}"] = nn.BatchNorm2d(width)
        features[f"relu{convolution}"] = nn.ReLU()
        channels = width
    return nn.Sequential(
        OrderedDict(
            features=nn.Sequential(features),
            average=nn.AdaptiveAvgPool2d(1),
            flatten=nn.Flatten(),
            classifier=nn.Linear(channels, classes),
        )
    )


def folded(network):
    """A copy in which every batch normalization is folded into the convolution before it."""
    network = network.eval()
    normalized = "norm1" in dict(network.features.named_children())
    plain = tabletop(network.classifier.out_features, normalized=False).eval()
    plain.classifier.load_state_dict(network.classifier.state_dict())
    for name, layer in network.features.named_children():
        if name.startswith("conv"):
            if normalized:
                layer = fuse_conv_bn_eval(layer, network.features.get_submodule(name.replace("conv", "norm")))
            plain.features.get_submodule(name).load_state_dict(layer.state_dict())
    return plain
