"""What leaves the process, for every door: JSON bodies, exports, citations to paste, addresses that land on words."""
