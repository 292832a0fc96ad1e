"""Playback of the paths step by step: controller, bar, trails, and predictions at the playheads."""
