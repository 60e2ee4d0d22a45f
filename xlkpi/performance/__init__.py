"""Performance management (Schedule 4.0 to 11.0): trends, action plans, escalation, monitoring."""
