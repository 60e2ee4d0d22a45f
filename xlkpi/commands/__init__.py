"""What every door calls: the commands, the macros and notebooks. A module a job, imported by its own name."""
