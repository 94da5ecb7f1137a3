@echo off
rem Drop one or more data files on this file: the report opens in the browser and follows every save.
setlocal
set files=
:next
if "%~1"=="" goto run
set files=%files% "%~f1"
shift
goto next
:run
"%~dp0huibao.exe" preview %files%
pause
