"""Words that a page has to bear."""

LONG = "incomprehensibilities" * 12
RIGHT_TO_LEFT = "שלום עולם"
HOSTILE = "<script>alert(1)</script> & \"quotes\" 'and' [x](javascript:alert(1)) **bold"
