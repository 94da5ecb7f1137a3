@echo off
rem Opens the desk over a folder that was dropped on this file, else over 汇报 among the user's documents.
chcp 65001 >nul
setlocal
set "folder=%~1"
if not defined folder set "folder=%USERPROFILE%\Documents\汇报"
if not exist "%folder%" mkdir "%folder%"
"%~dp0huibao.exe" desk "%folder%"
if errorlevel 1 pause
