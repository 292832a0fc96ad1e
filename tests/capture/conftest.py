from tests.torch_parts import nn as nn
