"""Questions with known answers -> measurements, floors and result files; each module is a command."""
