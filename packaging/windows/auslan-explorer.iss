; Inno Setup 6: the installer of Windows, for one person without an administrator, or for all.
;   iscc /DVersion=... packaging\windows\auslan-explorer.iss
; What it packs is dist\auslan-explorer, made by tools\bundle.py; the icon is made by tools\make_icons.py.

#ifndef Version
  #error Give the version: iscc /DVersion=... (tools\version.py says it)
#endif
#define Name "Auslan Explorer"
#define Window "Auslan Explorer.exe"
#define Session "AuslanExplorer.Session"

[Setup]
AppId={{7C0B6D5E-3C0C-4E0B-9E57-5B1D6B5C2A41}
AppName={#Name}
AppVersion={#Version}
AppPublisher=Auslan Explorer contributors
VersionInfoVersion={#Version}
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
LicenseFile=..\..\dist\auslan-explorer\licences\README.md
SetupIconFile=..\..\build\icons\auslan-explorer.ico
UninstallDisplayIcon={app}\{#Window}
OutputDir=..\..\dist
OutputBaseFilename=auslan-explorer-{#Version}-windows-x86_64
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Files]
Source: "..\..\dist\auslan-explorer\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\{#Name}"; Filename: "{app}\{#Window}"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Window}"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.auslan"; ValueType: string; ValueData: "{#Session}"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.auslan"; ValueName: "Content Type"; ValueType: string; ValueData: "application/x-auslan-session"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\{#Session}"; ValueType: string; ValueData: "Auslan Explorer session"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#Session}\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Window},0"
Root: HKA; Subkey: "Software\Classes\{#Session}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""

[Run]
Filename: "{app}\{#Window}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent
