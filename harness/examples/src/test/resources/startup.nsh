@echo -off
echo my script ran on UEFI %uefiversion%
