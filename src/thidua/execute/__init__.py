"""Running the section notebooks with papermill."""
