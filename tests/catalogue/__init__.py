"""The catalogue, judged by the Schedule's own text and by contract.md."""
