"""Steps before and around a signature: rule check, authority, signing, handing over."""
