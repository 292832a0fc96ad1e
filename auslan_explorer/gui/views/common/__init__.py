"""What both views use: hover card, selection by pointer, the legend's keyboard."""
