print("mplug-eval")
