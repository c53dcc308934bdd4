"""Everything that changes the archive or says how it is: ingestion, quarantine, vectors, the doctor, its remedies."""
