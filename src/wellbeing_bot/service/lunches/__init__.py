"""Lunches where several agencies come: invitations, who brings whom, slots, and meeting again afterwards."""
