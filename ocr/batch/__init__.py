"""Many pages together: where papers begin, which are twice, which are odd, what clerks taught."""
