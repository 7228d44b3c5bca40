print("saliency-bench")
