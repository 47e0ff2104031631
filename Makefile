# Two commands: `make report` makes the report, `make test` runs every test. Both set up what they need.
.PHONY: setup report test check format lab environment reference schemas guide

# Images of containers set this; every process would then compile every library anew, for longer than it works.
unexport PYTHONDONTWRITEBYTECODE

PARAMS ?= params/2024-H1.yaml
# The suite whose notebooks are opened.
ROOT ?= .
BIN := .venv/bin

setup:
	@scripts/setup

# Exit code 1 says that the report was made and that the checks found errors in the data: no failure of make.
report: setup
	@$(BIN)/thidua run $(PARAMS) || [ $$? -eq 1 ]

# The tests open the report in a browser and in LibreOffice, which making it does not need.
test:
	@scripts/setup tests
	@$(BIN)/pytest -n auto --dist worksteal

check: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 src
	@$(BIN)/thidua lint

format: setup
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

lab: setup
	@$(BIN)/jupyter lab --LabApp.app_settings_dir=src/thidua/lab $(ROOT)/notebooks

environment: setup
	@$(BIN)/python scripts/environment.py

reference: setup
	@$(BIN)/python scripts/reference_docx.py

schemas: setup
	@$(BIN)/python scripts/schemas.py

guide: setup
	@$(BIN)/python scripts/guide.py
