"""What is known of the language and the country: spelling, numbers and dates, places, old encodings."""
