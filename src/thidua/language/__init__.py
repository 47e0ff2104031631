"""Words of Vietnamese and of files: texts, capitals, YAML."""
