"""Makes the weights in ``qa/weights``: data, recipes, the loop. Imports the library; the library never imports it."""
