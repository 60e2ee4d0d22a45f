"""The installer on made-up machines, and with the LibreOffice of this one."""
