"""Tables: in the report as HTML whose numbers are traced, in the appendices as print-ready workbooks as well."""
