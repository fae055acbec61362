"""What travels up to the screens: frozen values with everything needed to draw, and nothing to decide."""
