"""The screens as a person finds their way on them: by role and by name, in either language."""
