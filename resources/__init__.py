"""The resource library: guides, blueprints, playbooks, toolkits, and how cities bring them home."""
