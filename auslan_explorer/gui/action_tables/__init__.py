"""The actions, a module a menu; `gui.action_table` puts them together."""
