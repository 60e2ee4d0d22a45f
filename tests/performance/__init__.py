"""Open matters, action plans and the escalation ladder."""
