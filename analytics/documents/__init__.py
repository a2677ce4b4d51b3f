"""Answers as files: tables for now; reports and briefs come with their pages."""
