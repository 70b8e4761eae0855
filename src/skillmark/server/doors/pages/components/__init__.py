"""What all pages may use: tags, sentences, QR, icons, style."""
