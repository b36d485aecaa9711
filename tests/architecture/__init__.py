"""Rules of the code base that no linter knows. Each test lists every place that breaks its rule, with the reason."""
