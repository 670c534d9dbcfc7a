"""The pages people see. They speak to the API over HTTP and know nothing else of the service."""
