import { roleNames, roles } from '#src/domain/accounts/permissions.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, FieldProblem } from '../../components/error-summary.tsx'
import { paths } from '../../paths.ts'

/** The choice of a role. */
export const RoleField = ({ role, errors }: { role: string; errors: readonly FieldError[] }) => (
  <div>
    <label for="role">Role</label>
    <small id="role-hint">
      <a href={paths.roles}>What each role may do</a>
    </small>
    <FieldProblem errors={errors} name="role" />
    <select id="role" name="role" {...described({ errors, name: 'role' }, true)}>
      {roles.map((one) => (
        <option value={one} selected={one === role}>
          {roleNames[one]}
        </option>
      ))}
    </select>
  </div>
)
