// Saliency
