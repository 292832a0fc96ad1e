"""Playing paths step by step: controller, bar, trails, predictions beside the heads."""
